"""The simulated world (模拟世界): a synthetic city, and figures who act through the services that people use."""
