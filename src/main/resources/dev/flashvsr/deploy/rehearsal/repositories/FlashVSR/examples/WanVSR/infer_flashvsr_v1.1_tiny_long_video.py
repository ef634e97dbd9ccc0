# Stand-in for the inference script in a rehearsal.
raise SystemExit("this FlashVSR is a rehearsal's stand-in: it has no model")
