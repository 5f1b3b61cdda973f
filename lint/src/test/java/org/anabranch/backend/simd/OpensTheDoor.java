package org.anabranch.backend.simd;

import jdk.incubator.fake.Lane;

/** May know the Vector API. */
final class OpensTheDoor {
  OpensTheDoor(Lane lane) {}
}
