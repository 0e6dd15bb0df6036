"""The staffing plan, how many people are needed when: reads its data, makes the plan, and stores it."""
