package org.anabranch.check;

import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.train.OpaqueStage;

/**
 * tanh(s y), whose product is off by a factor where it is to be spoilt.
 *
 * @param width of y
 * @param learns whether s are parameters, one for each component; else they are 1
 * @param single whether it computes in float32
 * @param factor of the square in 1 − tanh²; 1 where it is right
 */
record TanhStage(int width, boolean learns, boolean single, double factor) implements OpaqueStage {
  @Override
  public ParameterLayout layout() {
    return ParameterLayout.of(learns ? Map.of("scale", Shape.vector(width)) : Map.of());
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
    return "plain-tanh";
  }

  @Override
  public Tile tile(int rows) {
    return new TanhTile(rows * width);
  }

  private final class TanhTile implements Tile {
    private final double[] inputs;
    private final double[] numbers;
    private final double[] scale = new double[width];

    private TanhTile(int size) {
      inputs = new double[size];
      numbers = new double[size];
    }

    @Override
    public void load(double[] values, int offset) {
      for (int i = 0; i < width; i++) {
        scale[i] = learns ? rounded(values[offset + i]) : 1;
      }
    }

    private double rounded(double number) {
      return single ? (float) number : number;
    }

    @Override
    public void forward(Buffer input, Buffer output) {
      input.get(inputs);
      for (int i = 0; i < inputs.length; i++) {
        numbers[i] = rounded(Math.tanh(rounded(rounded(inputs[i]) * scale[i % width])));
      }
      output.set(numbers);
    }

    @Override
    public void backward(Buffer byOutput, Buffer byInput, double[] gradient, int offset) {
      double[] cotangents = new double[numbers.length];
      byOutput.get(cotangents);
      for (int i = 0; i < cotangents.length; i++) {
        double inner = cotangents[i] * (1 - factor * numbers[i] * numbers[i]);
        cotangents[i] = inner * scale[i % width];
        if (learns) {
          gradient[offset + i % width] += inner * inputs[i];
        }
      }
      byInput.set(cotangents);
    }
  }
}
