package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;

/**
 * A stochastic Runge-Kutta method for additive noise σ(t), in exact fractions, with W the increment
 * over a step and H its space-time Lévy area:
 *
 * <pre>
 *   kᵢ = μ(t + cᵢh, y + h Σⱼ aᵢⱼ kⱼ + σ(t) (wᵢ W + ηᵢ H))
 *   y' = y + h Σᵢ bᵢ kᵢ + σ(t) W + (σ(t + h) − σ(t)) (½ W − H)
 * </pre>
 *
 * @param order without noise
 */
record AdditiveTableau(
    String name, int order, double strongOrder, List<Stage> stages, List<Fraction> b)
    implements StochasticFormula {
  /** Row i: cᵢ, aᵢⱼ, wᵢ and ηᵢ. */
  record Stage(Fraction c, List<Fraction> a, Fraction w, Fraction eta) {
    Stage {
      a = List.copyOf(a);
    }
  }

  AdditiveTableau {
    stages = List.copyOf(stages);
    b = List.copyOf(b);
  }

  /** The shifted Euler method of Foster, dos Reis and Strange (2023, arXiv:2210.17543), (5.8). */
  static final AdditiveTableau SEA =
      new AdditiveTableau("sea", 1, 1, List.of(stage("0", "", "1/2", "1")), row("1"));

  /** The shifted Runge-Kutta method of the same paper, (6.1). */
  static final AdditiveTableau SHARK =
      new AdditiveTableau(
          "shark",
          2,
          1.5,
          List.of(stage("0", "", "0", "1"), stage("5/6", "5/6", "5/6", "1")),
          row("2/5 3/5"));

  /**
   * Rößler (2010), SIAM J. Numer. Anal. 48, 922-952, table 6.3: two stages. His I₍₁,₀₎/h is ½ W +
   * H.
   */
  static final AdditiveTableau SRA1 =
      new AdditiveTableau(
          "sra1",
          2,
          1.5,
          List.of(stage("0", "", "0", "0"), stage("3/4", "3/4", "3/4", "3/2")),
          row("1/3 2/3"));

  /** The same paper's method of three stages. */
  static final AdditiveTableau SRA3 =
      new AdditiveTableau(
          "sra3",
          3,
          1.5,
          List.of(
              stage("0", "", "0", "0"),
              stage("1", "1", "0", "0"),
              stage("1/2", "1/4 1/4", "3/4", "3/2")),
          row("1/6 1/6 2/3"));

  static List<AdditiveTableau> all() {
    return List.of(SEA, SHARK, SRA1, SRA3);
  }

  private static Stage stage(String c, String a, String w, String eta) {
    return new Stage(Fraction.parse(c), row(a), Fraction.parse(w), Fraction.parse(eta));
  }

  private static List<Fraction> row(String text) {
    return Tableau.Draft.row(text);
  }

  @Override
  public Value increment(BrownianStep step) {
    StochasticField field = step.field();
    Value sigma0 = step.start().diffusion();
    Value sigma1 = step.at(step.t1(), step.y0()).diffusion();
    Value noise = field.applied(sigma0, step.dw());
    Value end = step.plus(noise, b, slopes(step), step.dt());
    if (sigma0 == sigma1) {
      return end; // One expression: σ does not read the time.
    }
    Value lag = step.dw().times(0.5).minus(step.dh());
    return end.plus(field.applied(sigma1.minus(sigma0), lag));
  }

  /** h (Σᵢ bᵢ kᵢ − k₁): the distance from a step with the first slope. */
  @Override
  public Optional<Value> error(BrownianStep step) {
    List<Value> slopes = slopes(step);
    return slopes.size() == 1
        ? Optional.empty()
        : Optional.of(step.plus(slopes.get(0).times(step.dt()).negated(), b, slopes, step.dt()));
  }

  private List<Value> slopes(BrownianStep step) {
    Value sigma0 = step.start().diffusion();
    List<Value> slopes = new ArrayList<>();
    for (Stage stage : stages) {
      Value start = step.plus(shifted(step, stage, sigma0), stage.a(), slopes, step.dt());
      slopes.add(step.at(step.time(stage.c()), start).drift());
    }
    return slopes;
  }

  /** y + σ(t) (w W + η H). */
  private static Value shifted(BrownianStep step, Stage stage, Value sigma0) {
    List<Value> noise = new ArrayList<>();
    if (!stage.w().isZero()) {
      noise.add(step.dw().times(stage.w().toDouble()));
    }
    if (!stage.eta().isZero()) {
      noise.add(step.dh().times(stage.eta().toDouble()));
    }
    return noise.stream()
        .reduce(Value::plus)
        .map(w -> step.y0().plus(step.field().applied(sigma0, w)))
        .orElse(step.y0());
  }
}
