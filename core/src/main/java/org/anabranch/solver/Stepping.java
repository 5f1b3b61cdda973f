package org.anabranch.solver;

/** How a solve gets from its start to its end: on equal steps, or on steps that errors choose. */
public sealed interface Stepping permits TimeGrid, AdaptiveSpan {
  double start();

  double end();
}
