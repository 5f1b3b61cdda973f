package org.anabranch.solver;

import org.anabranch.field.StochasticField;

/** Which noise a method is made for. */
enum NoiseDemand {
  ANY("any noise"),
  COMMUTATIVE("noise that commutes"),
  SEPARATE(
      "scalar noise, or diagonal noise where each diffusion depends on its own component only"),
  ADDITIVE("additive noise");

  private final String sentence;

  NoiseDemand(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  boolean isMetBy(StochasticField field) {
    return switch (this) {
      case ANY -> true;
      case COMMUTATIVE -> field.commutes();
      case SEPARATE -> field.isSeparate();
      case ADDITIVE -> field.isAdditive();
    };
  }
}
