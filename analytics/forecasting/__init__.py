"""Daily demand ahead: members, a combination chosen by backtest, calibrated intervals, hours. Heavy: for jobs only."""
