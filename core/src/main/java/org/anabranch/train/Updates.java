package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.backend.Backend;
import org.anabranch.graph.Shape;

/**
 * Parameters and optimiser state in float64, and the compiled rule that moves them. Rules work
 * component by component, so they move the parameters piece by piece: what a piece needs stays in
 * the second cache from one operation to the next, and a {@link Crew} shares the pieces. The bits
 * are those of one piece.
 */
public final class Updates {
  /** Numbers of a piece: with Adam, ten such arrays. */
  static final int PIECE = 4096;

  private final Backend backend;
  private final Optimiser optimiser;
  private final int size;
  private final Map<String, Shape> shapes;
  private final List<UpdatePiece> pieces = new ArrayList<>();
  private int lanes;

  public Updates(Backend backend, Optimiser optimiser, double[] parameters) {
    this.backend = backend;
    this.optimiser = optimiser;
    size = parameters.length;
    shapes = new TreeMap<>(optimiser.state(size));
    shapes.forEach(
        (name, shape) -> {
          if (shape.rank() != 0 && !shape.equals(Shape.vector(size))) {
            throw new IllegalArgumentException(
                "Optimiser %s: its state '%s' is %s for %d parameters. It must be a number or as long as they are."
                    .formatted(optimiser.name(), name, shape, size));
          }
        });
    shapes.put(Optimiser.PARAMETERS, Shape.vector(size));
    for (int from = 0; from == 0 || from < size; from += PIECE) {
      int length = Math.min(PIECE, size - from);
      pieces.add(new UpdatePiece(backend, optimiser.within(from, length), from, length));
    }
    optimiser
        .initialState()
        .forEach((name, value) -> pieces.forEach(piece -> piece.fill(name, value)));
    pieces.forEach(piece -> piece.set(Optimiser.PARAMETERS, parameters, piece.from()));
  }

  /** The optimiser's own, which a schedule's factor multiplies. */
  public double learningRate() {
    return optimiser.learningRate();
  }

  /** Moves the parameters by the rule, at the optimiser's own learning rate. */
  public void apply(double[] gradient) {
    apply(gradient, 1);
  }

  /**
   * Moves the parameters by the rule, on the thread that calls.
   *
   * @param factor of the optimiser's learning rate, as a {@link Schedule} gives it
   */
  public void apply(double[] gradient, double factor) {
    apply(gradient, factor, Crew.ALONE);
  }

  /**
   * Moves the parameters by the rule, which the crew does together.
   *
   * @param factor of the optimiser's learning rate, as a {@link Schedule} gives it
   */
  public void apply(double[] gradient, double factor, Crew crew) {
    apply(gradient, factor, crew, 0);
  }

  /**
   * Moves the parameters by the rule, which the crew does together.
   *
   * @param factor of the optimiser's learning rate, as a {@link Schedule} gives it
   * @param step its number, from 0, for rules that do different things in turn
   */
  public void apply(double[] gradient, double factor, Crew crew, long step) {
    double rate = optimiser.learningRate() * factor;
    double norm = optimiser.usesNorm() ? norm(gradient) : 0;
    long turn = step % optimiser.cycle();
    if (lanes == 0) {
      bind(Math.min(crew.size(), pieces.size()));
    }
    int members = Math.min(crew.size(), lanes);
    if (members == 1) {
      move(0, 1, gradient, rate, norm, turn);
    } else {
      crew.run(member -> move(member, members, gradient, rate, norm, turn));
    }
  }

  /** Pieces of a lane share compiled rules, and their arenas with them: one thread at a time. */
  private void bind(int count) {
    lanes = count;
    for (int lane = 0; lane < lanes; lane++) {
      UpdateRules rules = new UpdateRules(backend);
      ofLane(lane).forEach(piece -> piece.bind(rules));
    }
  }

  /** Neighbours, so that a thread finds in its cache what it divided before. */
  private List<UpdatePiece> ofLane(int lane) {
    return pieces.subList(pieces.size() * lane / lanes, pieces.size() * (lane + 1) / lanes);
  }

  /** A member's lanes: all pieces, if it is the only one. */
  private void move(
      int member, int members, double[] gradient, double rate, double norm, long turn) {
    for (int lane = member; lane < lanes; lane += members) {
      for (UpdatePiece piece : ofLane(lane)) {
        piece.move(gradient, rate, norm, turn);
      }
    }
  }

  /**
   * M √Σ(gᵢ/M)² with M = max |gᵢ|, which keeps the squares of a gradient that explodes finite. It
   * can reach parameters: the sum goes through the components in their order.
   */
  private static double norm(double[] gradient) {
    double largest = 0;
    for (double number : gradient) {
      largest = Math.max(largest, Math.abs(number));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double number : gradient) {
      double share = number / largest;
      sum += share * share;
    }
    return largest * Math.sqrt(sum);
  }

  /** Copies the parameters to {@code target}. */
  public void parameters(double[] target) {
    pieces.forEach(piece -> piece.get(Optimiser.PARAMETERS, target, piece.from()));
  }

  /** A copy of the parameters and the optimiser's state, by name. */
  public SortedMap<String, double[]> arrays() {
    SortedMap<String, double[]> arrays = new TreeMap<>();
    shapes.forEach(
        (name, shape) -> {
          double[] numbers = new double[shape.size()];
          pieces.forEach(piece -> piece.get(name, numbers, offset(piece, shape)));
          arrays.put(name, numbers);
        });
    return arrays;
  }

  /** A number that all components share is the same in every piece. */
  private static int offset(UpdatePiece piece, Shape shape) {
    return shape.rank() == 0 ? 0 : piece.from();
  }

  /**
   * Takes parameters and state back.
   *
   * @throws IllegalArgumentException if a part is missing or has another length
   */
  public void restore(Map<String, double[]> arrays) {
    shapes.forEach(
        (name, shape) -> {
          double[] numbers = arrays.get(name);
          if (numbers == null || numbers.length != shape.size()) {
            throw new IllegalArgumentException(
                "Checkpoint: '%s' has %s numbers, this model and optimiser need %d. Resume with the configuration that the run was started with."
                    .formatted(
                        name,
                        numbers == null ? "no" : String.valueOf(numbers.length),
                        shape.size()));
          }
          pieces.forEach(piece -> piece.set(name, numbers, offset(piece, shape)));
        });
  }
}
