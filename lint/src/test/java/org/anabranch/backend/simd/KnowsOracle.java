package org.anabranch.backend.simd;

import org.anabranch.backend.reference.Oracle;

/** Violates the order: back ends do not know one another. */
final class KnowsOracle {
  KnowsOracle(Oracle oracle) {}
}
