"""Container (集装箱): a box as planned and as loaded, with the shares one may see."""
