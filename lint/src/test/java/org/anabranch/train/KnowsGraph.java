package org.anabranch.train;

import org.anabranch.graph.Early;

/** Keeps the order. */
public final class KnowsGraph {
  KnowsGraph(Early early) {}
}
