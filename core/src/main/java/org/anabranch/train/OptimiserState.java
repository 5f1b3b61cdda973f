package org.anabranch.train;

/** What becomes of the optimiser's state where the parameters of workers are averaged. */
public enum OptimiserState {
  /** It is averaged as the parameters are: three times the numbers to send with Adam. */
  AVERAGE,
  /** Every worker starts every round with the optimiser's first state. */
  RESET
}
