package org.anabranch.field;

/** Breaks the rule about randomness in another way. */
final class DrawsFromMath {
  double draw() {
    return Math.random();
  }
}
