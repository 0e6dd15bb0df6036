# Aliases of ./run, which does the work.
.PHONY: demo up test check bench chaos protos docs k8s-check containers-check

demo up test check bench protos k8s-check containers-check:
	@./run $@ $(ARGS)

chaos:
	@./run bench chaos $(ARGS)

docs:
	@./run docs $(ARGS)
