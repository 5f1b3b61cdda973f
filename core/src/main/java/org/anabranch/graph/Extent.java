package org.anabranch.graph;

/** Whether a value has one copy for each sample of a tile, or one for all of them. */
public enum Extent {
  /** One for the whole tile: a parameter, a time, a constant. */
  SHARED,
  /** One for each sample: a state, a label. */
  PER_SAMPLE;

  Extent join(Extent other) {
    return this == PER_SAMPLE || other == PER_SAMPLE ? PER_SAMPLE : SHARED;
  }
}
