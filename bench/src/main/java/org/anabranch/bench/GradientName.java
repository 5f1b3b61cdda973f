package org.anabranch.bench;

import org.anabranch.gradient.GradientMode;

/** What a gradient mode is called on the command line. */
enum GradientName {
  REVERSIBLE(GradientMode.reversible()),
  DIRECT(GradientMode.direct()),
  CHECKPOINTED(GradientMode.checkpointed()),
  BACKSOLVE(GradientMode.backsolve());

  @SuppressWarnings("ImmutableEnumChecker") // modes are records of numbers
  private final GradientMode mode;

  GradientName(GradientMode mode) {
    this.mode = mode;
  }

  GradientMode mode() {
    return mode;
  }
}
