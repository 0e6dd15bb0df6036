# Aliases of ./run, which does the work.
.PHONY: demo up test check bench docs

demo up test check bench:
	@./run $@ $(ARGS)

docs:
	@./run docs $(ARGS)
