package org.anabranch.spark.averaging;

import java.util.Arrays;
import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;

/** Workers that compute nothing, so that a round costs what its transport and its sum cost. */
record IdleWorkers(int parameters) implements BlockWorkerFactory {
  @Override
  public String key() {
    return toString();
  }

  @Override
  public BlockWorker create() {
    double[] gradient = new double[parameters];
    Arrays.setAll(gradient, i -> 1.0 / (3 + i % 17));
    return new BlockWorker() {
      @Override
      public void load(double[] values) {}

      @Override
      public BlockResult gradient(Block block) {
        return new BlockResult(block.number(), gradient, 1, block.rows(), 0, List.of(), 0);
      }

      @Override
      public BlockResult evaluate(Block block, long[][] confusion) {
        confusion[0][0] += block.rows();
        return new BlockResult(block.number(), new double[0], 1, block.rows(), 0, List.of(), 0);
      }
    };
  }

  @Override
  public ParameterLayout layout() {
    return new ParameterLayout(
        List.of(new ParameterLayout.View("all", Shape.vector(parameters), 0)));
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public boolean singlePrecision() {
    return true;
  }
}
