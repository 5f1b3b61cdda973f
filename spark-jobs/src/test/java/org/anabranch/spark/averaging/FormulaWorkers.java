package org.anabranch.spark.averaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.ExactSum;

/**
 * Workers that need no model: a block's gradient is a cheap formula of block and parameters with
 * rounding enough to show a sum in another order.
 *
 * @param parameters their number
 * @param single whether they count as float32
 * @param slow if not empty, each block takes a while and leaves the process id in this folder
 */
record FormulaWorkers(int parameters, boolean single, String slow) implements BlockWorkerFactory {
  /** How often a worker of this process was given parameters. */
  static final AtomicInteger LOADS = new AtomicInteger();

  static FormulaWorkers of(int parameters) {
    return new FormulaWorkers(parameters, false, "");
  }

  @Override
  public String key() {
    return toString();
  }

  @Override
  public BlockWorker create() {
    return new Worker();
  }

  @Override
  public ParameterLayout layout() {
    int half = parameters / 2;
    return new ParameterLayout(
        List.of(
            new ParameterLayout.View("first", Shape.vector(half), 0),
            new ParameterLayout.View("second", Shape.vector(parameters - half), half)));
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public boolean singlePrecision() {
    return single;
  }

  private final class Worker implements BlockWorker {
    private double[] values = {};

    @Override
    public void load(double[] parameters) {
      LOADS.incrementAndGet();
      values = parameters.clone();
    }

    @Override
    public BlockResult gradient(Block block) {
      if (!slow.isEmpty()) {
        dawdle();
      }
      double[] gradient = new double[parameters];
      for (int i = 0; i < gradient.length; i++) {
        int row = i % block.rows();
        double feature = block.feature(row, i % block.width());
        gradient[i] = Math.fma(feature, values[i], 1.0 / (3 + block.number() + i % 17));
      }
      return result(block, gradient);
    }

    @Override
    public BlockResult evaluate(Block block, long[][] confusion) {
      for (int row = 0; row < block.rows(); row++) {
        confusion[(int) block.label(row)][(int) (block.id(row) & 7)]++;
      }
      return result(block, new double[0]);
    }

    private BlockResult result(Block block, double[] gradient) {
      double loss = values[0] / (block.number() + 1.7);
      int correct = block.number() % (block.rows() + 1);
      return new BlockResult(block.number(), gradient, loss, block.rows(), correct, List.of(), 0);
    }

    private void dawdle() {
      try {
        Files.writeString(Path.of(slow, "" + ProcessHandle.current().pid()), "");
        Thread.sleep(300);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Parameters that are not round. */
  static double[] values(int count, int round) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = 1 / (i + 3.7 + round);
    }
    return values;
  }

  /** Everything that a sum holds. */
  static Map<String, Object> content(ExactSum sum, int parameters) {
    double[] gradient = new double[parameters];
    if (!sum.overflowed()) {
      sum.gradient(gradient);
    }
    return Map.of(
        "gradient",
        Arrays.stream(gradient).boxed().toList(),
        "loss",
        sum.overflowed() ? Double.NaN : sum.loss(),
        "magnitudes",
        sum.magnitudes(),
        "counts",
        List.of(sum.blocks(), sum.weight(), sum.correct()));
  }
}
