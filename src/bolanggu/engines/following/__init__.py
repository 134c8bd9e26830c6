"""Following (在途跟踪): identity of events, their latest state, arrival learnt from history, and what goes wrong."""
