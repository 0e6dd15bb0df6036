# Aliases of ./run, which does the work.
.PHONY: demo up test check bench protos docs

demo up test check bench protos:
	@./run $@ $(ARGS)

docs:
	@./run docs $(ARGS)
