"""The whole product on one machine: one command line and one supervised group of processes."""
