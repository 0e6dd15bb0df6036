# Aliases of ./run, which does the work.
.PHONY: demo up test check bench bench-forecast chaos protos docs k8s-check containers-check fresh-check requirements

demo up test check bench protos k8s-check containers-check fresh-check requirements:
	@./run $@ $(ARGS)

bench-forecast:
	@./run bench forecast_accuracy $(ARGS)

chaos:
	@./run bench chaos $(ARGS)

docs:
	@./run docs $(ARGS)
