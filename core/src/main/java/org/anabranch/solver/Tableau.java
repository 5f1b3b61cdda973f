package org.anabranch.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coefficients of an explicit Runge-Kutta method (Butcher 1963), in exact fractions.
 *
 * <pre>
 *   kᵢ = f(t + cᵢh, y + h Σⱼ aᵢⱼ kⱼ)      y' = y + h Σᵢ bᵢ kᵢ
 *   error estimate  h Σᵢ (bᵢ − b̂ᵢ) kᵢ
 * </pre>
 *
 * <p>Dense output is the cubic of Hermite through both ends and their slopes, plus corrections that
 * leave those alone (Hairer, Nørsett and Wanner 1993, II.6): see {@link DenseOutput}. Their weights
 * are over the stages, then the slope at the end if no stage is that, then later stages.
 *
 * @param order of y'
 * @param stages of the step
 * @param b the weights
 * @param embedded other solutions of the same stages, the best first; one, two or none
 * @param later stages that only dense output needs
 * @param corrections the weights of each correction of the cubic, h not included
 */
public record Tableau(
    String name,
    int order,
    List<Stage> stages,
    List<Fraction> b,
    List<Embedded> embedded,
    List<Stage> later,
    List<List<Fraction>> corrections) {
  /** Published decimals have 16 digits, so their sums miss by some of the last. */
  private static final Fraction SLACK = Fraction.parse("1e-14");

  /**
   * A stage: its node c and its coefficients for the stages before it.
   *
   * @param a no trailing zeros are needed
   */
  public record Stage(Fraction c, List<Fraction> a) {
    public Stage {
      a = List.copyOf(a);
    }
  }

  /** Weights b̂ of a solution of another order. */
  public record Embedded(int order, List<Fraction> weights) {
    public Embedded {
      weights = List.copyOf(weights);
    }
  }

  public Tableau {
    stages = List.copyOf(stages);
    b = List.copyOf(b);
    embedded = List.copyOf(embedded);
    later = List.copyOf(later);
    corrections = corrections.stream().map(List::copyOf).toList();
    for (int i = 0; i < stages.size(); i++) {
      requireConsistent(name, i, stages.get(i), i);
    }
    int ends = stages.size() + (endsInSlope(stages, b) ? 0 : 1);
    for (int i = 0; i < later.size(); i++) {
      requireConsistent(name, ends + i, later.get(i), ends + i);
    }
    requireWeights(name, "the weights", b, stages.size());
    for (Embedded other : embedded) {
      requireWeights(name, "embedded weights", other.weights(), stages.size());
    }
    for (List<Fraction> correction : corrections) {
      requireWeights(name, "a correction's weights", correction, ends + later.size());
    }
  }

  private static void requireConsistent(String name, int i, Stage stage, int before) {
    if (stage.a().size() > before) {
      throw new IllegalArgumentException(
          "Tableau %s: stage %d has %d coefficients. An explicit stage has one for each of the %d before it."
              .formatted(name, i, stage.a().size(), before));
    }
    Fraction sum = stage.a().stream().reduce(Fraction.ZERO, Fraction::plus);
    if (isAbove(sum.minus(stage.c()).absolute(), SLACK)) {
      throw new IllegalArgumentException(
          "Tableau %s: the coefficients of stage %d add up to %s, its node is %s. They must agree."
              .formatted(name, i, sum.toDouble(), stage.c().toDouble()));
    }
  }

  private static void requireWeights(String name, String what, List<Fraction> weights, int limit) {
    if (weights.size() > limit) {
      throw new IllegalArgumentException(
          "Tableau %s: %s are %d for %d stages. Give no more than one each."
              .formatted(name, what, weights.size(), limit));
    }
  }

  private static boolean isAbove(Fraction a, Fraction b) {
    return a.minus(b).numerator().signum() > 0;
  }

  private static boolean endsInSlope(List<Stage> stages, List<Fraction> b) {
    Stage last = stages.get(stages.size() - 1);
    return last.c().equals(Fraction.ONE)
        && last.a().equals(b.subList(0, Math.min(b.size(), last.a().size())))
        && b.stream().skip(last.a().size()).allMatch(Fraction::isZero);
  }

  /**
   * Whether the last stage is the slope at the end of the step, which is the first stage of the
   * next one.
   */
  public boolean firstSameAsLast() {
    return endsInSlope(stages, b);
  }

  /** The weights b − b̂ of the difference from an embedded solution. */
  List<Fraction> difference(Embedded other) {
    List<Fraction> difference = new ArrayList<>();
    for (int i = 0; i < Math.max(b.size(), other.weights().size()); i++) {
      difference.add(weight(b, i).minus(weight(other.weights(), i)));
    }
    return difference;
  }

  private static Fraction weight(List<Fraction> weights, int i) {
    return i < weights.size() ? weights.get(i) : Fraction.ZERO;
  }

  /**
   * A published tableau: {@code euler}, {@code midpoint}, {@code heun}, {@code ralston}, {@code
   * bosh3}, {@code rk4}, {@code dopri5}, {@code tsit5} or {@code dopri8}.
   *
   * @throws IllegalArgumentException if there is none of the name, with the nearest
   */
  public static Tableau named(String name) {
    return MethodNames.tableau(name);
  }

  /** A tableau to be written down row by row. */
  public static Draft draft(String name, int order) {
    return new Draft(name, order);
  }

  /**
   * Rows as papers print them: numbers as {@link Fraction#parse} reads them, with spaces between.
   */
  public static final class Draft {
    private final String name;
    private final int order;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Fraction> b = new ArrayList<>();
    private final List<Embedded> embedded = new ArrayList<>();
    private final List<Stage> later = new ArrayList<>();
    private final List<List<Fraction>> corrections = new ArrayList<>();

    private Draft(String name, int order) {
      this.name = name;
      this.order = order;
    }

    /** The numbers of a line. */
    static List<Fraction> row(String text) {
      return Arrays.stream(text.strip().split("\\s+"))
          .filter(word -> !word.isEmpty())
          .map(Fraction::parse)
          .toList();
    }

    public Draft stage(String c, String a) {
      stages.add(new Stage(Fraction.parse(c), row(a)));
      return this;
    }

    public Draft weights(String weights) {
      b.addAll(row(weights));
      return this;
    }

    public Draft embedded(int embeddedOrder, String weights) {
      embedded.add(new Embedded(embeddedOrder, row(weights)));
      return this;
    }

    /** An embedded solution of which the paper gives the difference b − b̂. */
    public Draft difference(int embeddedOrder, String differences) {
      List<Fraction> row = row(differences);
      List<Fraction> weights = new ArrayList<>();
      for (int i = 0; i < Math.max(b.size(), row.size()); i++) {
        weights.add(weight(b, i).minus(weight(row, i)));
      }
      embedded.add(new Embedded(embeddedOrder, weights));
      return this;
    }

    public Draft later(String c, String a) {
      later.add(new Stage(Fraction.parse(c), row(a)));
      return this;
    }

    public Draft correction(String weights) {
      corrections.add(row(weights));
      return this;
    }

    public Tableau tableau() {
      return new Tableau(name, order, stages, b, embedded, later, corrections);
    }
  }
}
