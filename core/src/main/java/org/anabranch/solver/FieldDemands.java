package org.anabranch.solver;

import java.util.Locale;
import java.util.Set;
import org.anabranch.field.Calculus;
import org.anabranch.field.StochasticField;

/** What a method demands of a field, checked before the first step. */
record FieldDemands(String method, Set<Calculus> calculi, NoiseDemand noise) {
  FieldDemands {
    calculi = Set.copyOf(calculi);
  }

  /** Refuses a field that the method does not solve. */
  void check(StochasticField field) {
    if (calculi.stream().noneMatch(field::isIn)) {
      boolean ito = calculi.contains(Calculus.ITO);
      throw new IllegalArgumentException(
          "Method %s: it solves %s equations, field %s is a %s one. Use its %s, or %s."
              .formatted(
                  method,
                  ito ? Calculus.ITO.title() : Calculus.STRATONOVICH.title(),
                  field.graph().name(),
                  field.calculus().title(),
                  ito ? "toIto()" : "toStratonovich()",
                  ito ? "reversible-heun" : "euler-maruyama"));
    }
    if (!noise.isMetBy(field)) {
      throw new IllegalArgumentException(
          "Method %s: it is for %s, which the %s noise of field %s is not known to be. Use %s."
              .formatted(
                  method,
                  noise.sentence(),
                  field.noise().name().toLowerCase(Locale.ROOT),
                  field.graph().name(),
                  remedy(field)));
    }
  }

  private String remedy(StochasticField field) {
    if (noise == NoiseDemand.SEPARATE && field.isAdditive()) {
      return "sra1";
    }
    if (noise != NoiseDemand.COMMUTATIVE && field.commutes()) {
      return "milstein";
    }
    String other = field.isIn(Calculus.ITO) ? "euler-maruyama" : "heun or reversible-heun";
    return noise == NoiseDemand.COMMUTATIVE
        ? other + ", or declare it COMMUTATIVE if its columns commute"
        : other;
  }
}
