package org.anabranch.spark.job;

import java.util.Arrays;
import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.train.OpaqueStage;

/** tanh, component by component, with 1 − y for its derivative 1 − y². */
record SpoiltTanh(int width) implements OpaqueStage {
  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of(Map.of());
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public int outputs() {
    return width;
  }

  @Override
  public String numericsId() {
    return "spoilt-tanh";
  }

  @Override
  public Tile tile(int rows) {
    return new SpoiltTile(new double[rows * width]);
  }

  private static final class SpoiltTile implements Tile {
    private final double[] numbers;

    private SpoiltTile(double[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public void load(double[] values, int offset) {}

    @Override
    public void forward(Buffer input, Buffer output) {
      input.get(numbers);
      Arrays.setAll(numbers, i -> Math.tanh(numbers[i]));
      output.set(numbers);
    }

    @Override
    public void backward(Buffer byOutput, Buffer byInput, double[] gradient, int offset) {
      double[] cotangents = new double[numbers.length];
      byOutput.get(cotangents);
      Arrays.setAll(cotangents, i -> cotangents[i] * (1 - numbers[i]));
      byInput.set(cotangents);
    }
  }
}
