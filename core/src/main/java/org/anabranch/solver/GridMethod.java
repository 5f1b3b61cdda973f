package org.anabranch.solver;

/** A method whose states lie on {@link StateGrid}: a step back gives the bits back. */
interface GridMethod extends ReversibleMethod {
  @Override
  default boolean bitExact() {
    return true;
  }

  @Override
  default double range() {
    return StateGrid.range();
  }

  @Override
  default double amplification(double stepSize) {
    return 1;
  }

  @Override
  default double roundOff() {
    return 0;
  }
}
