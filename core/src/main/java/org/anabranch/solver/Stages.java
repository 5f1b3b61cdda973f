package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.field.Field;
import org.anabranch.graph.Value;

/**
 * The stages of a tableau's step as expressions, built one after the other and only as far as they
 * are asked for. Two objects of the same arguments build equal expressions.
 */
final class Stages {
  private final Tableau tableau;
  private final Field field;
  private final Value t;
  private final Value h;
  private final Value y;
  private final List<Value> slopes = new ArrayList<>();

  /**
   * @param h the step's size in float64, of either sign
   * @param y the start, in working precision
   */
  Stages(Tableau tableau, Field field, Value t, Value h, Value y) {
    this.tableau = tableau;
    this.field = field;
    this.t = t;
    this.h = h;
    this.y = y;
  }

  /** The same where the slope at the start is known. */
  Stages(Tableau tableau, Field field, Value t, Value h, Value y, Value first) {
    this(tableau, field, t, h, y);
    slopes.add(first);
  }

  /**
   * The slope of a stage; beyond the step's those of the later ones, after the slope at the end if
   * no stage is that.
   */
  Value slope(int stage) {
    while (slopes.size() <= stage) {
      slopes.add(next(slopes.size()));
    }
    return slopes.get(stage);
  }

  private Value next(int stage) {
    int later = stage - ends() - 1;
    if (stage < tableau.stages().size()) {
      return drift(tableau.stages().get(stage));
    }
    return later < 0 ? drift(Fraction.ONE, end()) : drift(tableau.later().get(later));
  }

  private Value drift(Tableau.Stage stage) {
    return drift(stage.c(), after(stage.a()));
  }

  private Value drift(Fraction c, Value state) {
    return field.drift(t.plus(h.times(c.toDouble())), state);
  }

  private int ends() {
    return tableau.stages().size() - (tableau.firstSameAsLast() ? 1 : 0);
  }

  /** y at the end of the step. */
  Value end() {
    return after(tableau.b());
  }

  /**
   * The slope at the end of the step: the last stage where that is it, else one more evaluation.
   */
  Value endSlope() {
    return slope(ends());
  }

  /** y + h Σ wᵢ kᵢ. */
  private Value after(List<Fraction> weights) {
    Value sum = y;
    for (Value term : terms(weights)) {
      sum = sum.plus(term);
    }
    return sum;
  }

  /** h Σ wᵢ kᵢ. */
  Value increment(List<Fraction> weights) {
    List<Value> terms = terms(weights);
    Value sum = terms.get(0);
    for (Value term : terms.subList(1, terms.size())) {
      sum = sum.plus(term);
    }
    return sum;
  }

  private List<Value> terms(List<Fraction> weights) {
    Value size = h.narrowed();
    List<Value> terms = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      if (!weights.get(i).isZero()) {
        terms.add(slope(i).times(size.times(weights.get(i).toDouble())));
      }
    }
    return terms;
  }

  /** The corrections of Hermite's cubic: see {@link DenseOutput}. */
  List<Value> corrections() {
    return tableau.corrections().stream().map(this::increment).toList();
  }
}
