package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.field.StochasticField;
import org.anabranch.graph.Value;

/**
 * A stochastic Runge-Kutta method of Rößler (2010), SIAM J. Numer. Anal. 48, 922-952, for Itô
 * equations of scalar noise or of diagonal noise where each diffusion reads its own component, in
 * exact fractions: of strong order 1.5. With W the increment over a step, H its space-time Lévy
 * area and J = ½ W + H:
 *
 * <pre>
 *   fᵢ = μ(t + c⁰ᵢh, y + h Σⱼ a⁰ᵢⱼ fⱼ + J Σⱼ b⁰ᵢⱼ gⱼ)
 *   gᵢ = σ(t + c¹ᵢh, y + h Σⱼ a¹ᵢⱼ fⱼ + √h Σⱼ b¹ᵢⱼ gⱼ)
 *   y' = y + h Σᵢ αᵢ fᵢ + Σᵢ gᵢ (β¹ᵢ W + β²ᵢ (W² − h)/(2√h) + β³ᵢ J + β⁴ᵢ (W³ − 3hW)/(6h))
 * </pre>
 *
 * @param order without noise
 * @param beta β¹ to β⁴
 */
record SeparateTableau(
    String name,
    int order,
    List<Stage> drift,
    List<Stage> noise,
    List<Fraction> alpha,
    List<List<Fraction>> beta)
    implements StochasticFormula {
  /** Row i: cᵢ, aᵢⱼ and bᵢⱼ. */
  record Stage(Fraction c, List<Fraction> a, List<Fraction> b) {
    Stage {
      a = List.copyOf(a);
      b = List.copyOf(b);
    }
  }

  SeparateTableau {
    drift = List.copyOf(drift);
    noise = List.copyOf(noise);
    alpha = List.copyOf(alpha);
    beta = beta.stream().map(List::copyOf).toList();
  }

  /** His SRI1W1: order 2 without noise. */
  static final SeparateTableau SRI1 =
      new SeparateTableau(
          "sri1",
          2,
          List.of(stage("0", "", ""), stage("3/4", "3/4", "3/2"), stage("0", "", "")),
          List.of(
              stage("0", "", ""),
              stage("1/4", "1/4", "1/2"),
              stage("1", "1", "-1"),
              stage("1/4", "0 0 1/4", "-5 3 1/2")),
          row("1/3 2/3"),
          List.of(
              row("-1 4/3 2/3 0"),
              row("-1 4/3 -1/3 0"),
              row("2 -4/3 -2/3 0"),
              row("-2 5/3 -2/3 1")));

  /** His SRI2W1: order 3 without noise. */
  static final SeparateTableau SRI2 =
      new SeparateTableau(
          "sri2",
          3,
          List.of(stage("0", "", ""), stage("1", "1", "0"), stage("1/2", "1/4 1/4", "1 1/2")),
          List.of(
              stage("0", "", ""),
              stage("1/4", "1/4", "-1/2"),
              stage("1", "1", "1"),
              stage("1/4", "0 0 1/4", "2 -1 1/2")),
          row("1/6 1/6 2/3"),
          List.of(
              row("-1 4/3 2/3 0"),
              row("1 -4/3 1/3 0"),
              row("2 -4/3 -2/3 0"),
              row("-2 5/3 -2/3 1")));

  static List<SeparateTableau> all() {
    return List.of(SRI1, SRI2);
  }

  private static Stage stage(String c, String a, String b) {
    return new Stage(Fraction.parse(c), row(a), row(b));
  }

  private static List<Fraction> row(String text) {
    return Tableau.Draft.row(text);
  }

  @Override
  public Value increment(BrownianStep step) {
    return new Stages(step).increment();
  }

  /** The distance from a step of strong order 1: Euler's for the drift, without β³ and β⁴. */
  @Override
  public Optional<Value> error(BrownianStep step) {
    return Optional.of(new Stages(step).error());
  }

  private final class Stages {
    private final BrownianStep step;
    private final StochasticField field;
    private final Value h;
    private final Value root;

    /** ½ W + H. */
    private final Value j;

    private final List<Value> integrals;
    private final List<Value> slopes = new ArrayList<>();
    private final List<Value> diffusions = new ArrayList<>();

    private Stages(BrownianStep step) {
      this.step = step;
      field = step.field();
      h = step.dt();
      root = step.h().sqrt().narrowed();
      Value w = step.dw();
      Value squares = w.square();
      j = w.times(0.5).plus(step.dh());
      integrals =
          List.of(
              w,
              squares.minus(h).times(0.5).dividedBy(root),
              j,
              w.times(squares.minus(h.times(3))).dividedBy(h.times(6)));
      for (int i = 0; i < noise.size(); i++) {
        if (i < drift.size()) {
          slopes.add(slope(drift.get(i)));
        }
        diffusions.add(diffusion(noise.get(i)));
      }
    }

    private Value slope(Stage stage) {
      List<Value> along = diffusions.stream().map(g -> field.applied(g, j)).toList();
      Value start = step.plus(step.y0(), stage.a(), slopes, h);
      start = step.plus(start, stage.b(), along, Value.constant(1));
      return step.at(step.time(stage.c()), start).drift();
    }

    private Value diffusion(Stage stage) {
      List<Value> along = diffusions.stream().map(field::padded).toList();
      Value start = step.plus(step.y0(), stage.a(), slopes, h);
      start = step.plus(start, stage.b(), along, root);
      return step.at(step.time(stage.c()), start).diffusion();
    }

    private Value increment() {
      return step.plus(noise(0), alpha, slopes, h);
    }

    private Value error() {
      return step.plus(noise(2).minus(slopes.get(0).times(h)), alpha, slopes, h);
    }

    /** Σᵢ gᵢ Σₖ βᵏᵢ Iₖ, of the integrals Iₖ from one on. */
    private Value noise(int from) {
      List<Value> terms = new ArrayList<>();
      for (int i = 0; i < diffusions.size(); i++) {
        List<Value> weights = new ArrayList<>();
        for (int k = from; k < beta.size(); k++) {
          Fraction weight = beta.get(k).get(i);
          if (!weight.isZero()) {
            weights.add(integrals.get(k).times(weight.toDouble()));
          }
        }
        terms.add(field.applied(diffusions.get(i), sum(weights)));
      }
      return sum(terms);
    }

    private static Value sum(List<Value> terms) {
      return terms.stream().reduce(Value::plus).orElseThrow();
    }
  }
}
