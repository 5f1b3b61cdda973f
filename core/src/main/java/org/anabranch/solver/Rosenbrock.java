package org.anabranch.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;

/**
 * A Rosenbrock method for stiff fields in the form of Hairer and Wanner (1996, Solving Ordinary
 * Differential Equations II, IV.7): each stage solves a linear system with the field's exact
 * Jacobian J and time derivative.
 *
 * <pre>
 *   (I/(hγ) − J) uᵢ = f(t + αᵢh, y + Σⱼ aᵢⱼ uⱼ) + Σⱼ cᵢⱼ uⱼ / h + γᵢ h ∂f/∂t       y' = y + Σᵢ mᵢ uᵢ
 * </pre>
 *
 * <p>An evaluation of the field a stage, a Jacobian a step (dim forward products), and a
 * decomposition of a [dim × dim] matrix a sample and stage: for states of some tens of components.
 * State: y. Its last stage is the error estimate, whose solution has one order less.
 */
final class Rosenbrock implements Method {
  /** A stage: αᵢ, γᵢ, and the coefficients of the stages before it. */
  private record Stage(double alpha, double gamma, List<Double> a, List<Double> c) {}

  private final String name;
  private final int order;
  private final double gamma;
  private final List<Stage> stages;
  private final List<List<Double>> corrections;

  private Rosenbrock(
      String name, int order, String gamma, List<Stage> stages, List<List<Double>> corrections) {
    this.name = name;
    this.order = order;
    this.gamma = Fraction.parse(gamma).toDouble();
    this.stages = List.copyOf(stages);
    this.corrections = List.copyOf(corrections);
  }

  /**
   * RODAS, order 4(3) with six stages: L-stable, stiffly accurate, with dense output of order 3
   * (Hairer and Wanner 1996, IV.7 and VI.4, and their code {@code rodas}, METH = 1).
   */
  static Rosenbrock rodas4() {
    String last = "1.221224509226641 6.019134481288629 12.53708332932087 -0.687886036105895";
    return new Rosenbrock(
        "rodas4",
        4,
        "0.25",
        List.of(
            stage("0", "0.25", "", ""),
            stage("0.386", "-0.1043", "1.544", "-5.6688"),
            stage(
                "0.21",
                "0.1035",
                "0.9466785280815826 0.2557011698983284",
                "-2.430093356833875 -0.2063599157091915"),
            stage(
                "0.63",
                "-0.03620000000000023",
                "3.314825187068521 2.896124015972201 0.9986419139977817",
                "-0.1073529058151375 -9.594562251023355 -20.47028614809616"),
            stage(
                "1",
                "0",
                last,
                "7.496443313967647 -10.24680431464352 -33.99990352819905 11.7089089320616"),
            stage(
                "1",
                "0",
                last + " 1",
                """
                8.083246795921522 -7.981132988064893 -31.52159432874371 16.31930543123136
                -6.058818238834054
                """)),
        List.of(
            row(
                """
                10.12623508344586 -7.487995877610167 -34.80091861555747 -7.992771707568823
                1.025137723295662
                """),
            row(
                """
                -0.6762803392801253 6.087714651680015 16.43084320892478 24.76722511418386
                -6.594389125716872
                """)));
  }

  private static Stage stage(String alpha, String gamma, String a, String c) {
    return new Stage(
        Fraction.parse(alpha).toDouble(), Fraction.parse(gamma).toDouble(), row(a), row(c));
  }

  private static List<Double> row(String text) {
    return Tableau.Draft.row(text).stream().map(Fraction::toDouble).toList();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int order() {
    return order;
  }

  @Override
  public List<String> state() {
    return List.of("y");
  }

  @Override
  public Graph init(Field field) {
    StepInputs inputs = new StepInputs(field);
    return inputs.initGraph(name, Map.of("y", inputs.initialValue()));
  }

  @Override
  public Graph step(Field field) {
    Step step = new Step(field);
    return step.inputs.stepGraph(name, Map.of("y", step.end()));
  }

  @Override
  public Optional<Graph> error(Field field) {
    Step step = new Step(field);
    Value error = step.increment(stages.size() - 1);
    return Optional.of(step.inputs.stepGraph(name + ".error", Map.of("error", error)));
  }

  @Override
  public int estimateOrder() {
    return order - 1;
  }

  @Override
  public Optional<Graph> interpolant(Field field) {
    Step step = new Step(field);
    List<Value> parts = new ArrayList<>();
    parts.add(step.end().minus(step.y));
    corrections.forEach(weights -> parts.add(step.sum(weights)));
    return Optional.of(
        step.inputs.stepGraph(name + ".interpolant", DenseOutput.coefficients(parts)));
  }

  /** The stages of a step, built as far as they are asked for. */
  private final class Step {
    private final StepInputs inputs;
    private final Field field;
    private final Linearisation linear;
    private final Value y;
    private final Value h;
    private final Value matrix;
    private final List<Value> increments = new ArrayList<>();

    private Step(Field field) {
      this.field = field;
      inputs = new StepInputs(field);
      y = inputs.state("y", Type.perSample(field.dimension()));
      h = inputs.stepSize().narrowed();
      linear = Linearisation.of(field, inputs.time(), y);
      Value scale = h.times(gamma).reciprocal();
      matrix = Linearisation.identity(field.dimension()).times(scale).minus(linear.jacobian());
    }

    private Value increment(int stage) {
      while (increments.size() <= stage) {
        increments.add(next(stages.get(increments.size())));
      }
      return increments.get(stage);
    }

    private Value next(Stage stage) {
      Value t = inputs.time();
      // The first stage shares its evaluation with the Jacobian.
      Value time = stage.alpha() == 0 ? t : t.plus(inputs.stepSize().times(stage.alpha()));
      Value start = stage.a().isEmpty() ? y : y.plus(sum(stage.a()));
      Value right = field.drift(time, start);
      if (!stage.c().isEmpty()) {
        right = right.plus(sum(stage.c()).dividedBy(h));
      }
      if (stage.gamma() != 0) {
        right = right.plus(linear.byTime().times(h.times(stage.gamma())));
      }
      return matrix.solve(right);
    }

    /** Σ wᵢ uᵢ. */
    private Value sum(List<Double> weights) {
      Value sum = increment(0).times(weights.get(0));
      for (int i = 1; i < weights.size(); i++) {
        Value u = increment(i);
        sum = sum.plus(weights.get(i) == 1 ? u : u.times(weights.get(i)));
      }
      return sum;
    }

    /** Stiffly accurate: where the last stage starts, and the last increment. */
    private Value end() {
      int last = stages.size() - 1;
      return y.plus(sum(stages.get(last).a())).plus(increment(last));
    }
  }
}
