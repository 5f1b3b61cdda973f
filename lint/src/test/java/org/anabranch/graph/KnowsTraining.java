package org.anabranch.graph;

import org.anabranch.train.KnowsGraph;

/** Violates the order: {@code graph} comes long before {@code train}. */
final class KnowsTraining {
  KnowsTraining(KnowsGraph later) {}
}
