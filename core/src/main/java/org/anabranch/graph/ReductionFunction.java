package org.anabranch.graph;

/** How the components of one sample are brought together, in the order of their index. */
public enum ReductionFunction {
  SUM,
  MAXIMUM
}
