package org.anabranch.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Program;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.field.Field;
import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;
import org.anabranch.graph.Value;
import org.anabranch.solver.Method;

/**
 * By how much a step of a method multiplies solutions of y' = λ y at most, for many λ of the
 * complex plane at once: the spectral radius of the linear map that the step's own graph is, with
 * complex numbers as pairs. The step size is 1.
 */
final class StabilityRegion {
  private final Method method;

  /**
   * @param method with one part of the state, or two
   */
  StabilityRegion(Method method) {
    this.method = method;
  }

  private static Field field() {
    Value re = Value.input("re", Type.perSampleScalar());
    Value im = Value.input("im", Type.perSampleScalar());
    return Field.of(
        2,
        List.of(re, im),
        (t, y) -> {
          Value a = y.slice(0, 1);
          Value b = y.slice(1, 1);
          return Value.concatenate(
              List.of(a.times(re).minus(b.times(im)), a.times(im).plus(b.times(re))));
        });
  }

  /** The spectral radius at each λ. */
  double[] amplification(double[] re, double[] im) {
    int count = re.length;
    List<String> parts = carried();
    double[][][] columns = new double[parts.size()][][];
    for (int j = 0; j < parts.size(); j++) {
      columns[j] = image(parts, j, re, im);
    }
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      radii[i] =
          parts.size() == 1
              ? Math.hypot(columns[0][0][2 * i], columns[0][0][2 * i + 1])
              : radius(
                  Complex.of(columns[0][0], i),
                  Complex.of(columns[1][0], i),
                  Complex.of(columns[0][1], i),
                  Complex.of(columns[1][1], i));
    }
    return radii;
  }

  /** Without the slope that a method with first same as last keeps: it is λ y. */
  private List<String> carried() {
    List<String> parts = method.state().stream().filter(part -> !part.equals("f")).toList();
    if (parts.size() > 2) {
      throw new IllegalArgumentException(
          "Stability of %s: its state has the parts %s. Only two can be drawn."
              .formatted(method.name(), parts));
    }
    return parts;
  }

  /** The state after a step from 1 in one part and 0 in the others. */
  private double[][] image(List<String> parts, int unit, double[] re, double[] im) {
    int count = re.length;
    Backend backend = new ReferenceBackend();
    Graph step = method.step(field());
    Map<String, Buffer> inputs = new HashMap<>();
    step.inputs().forEach((name, value) -> inputs.put(name, backend.buffer(value.type(), count)));
    Map<String, Buffer> outputs = new HashMap<>();
    step.outputs().forEach((name, value) -> outputs.put(name, backend.buffer(value.type(), count)));
    set(inputs, "re", re);
    set(inputs, "im", im);
    set(inputs, "h", new double[] {1});
    double[] start = new double[2 * count];
    double[] slope = new double[2 * count];
    for (int i = 0; i < count; i++) {
      start[2 * i] = 1;
      slope[2 * i] = unit == 0 ? re[i] : 0;
      slope[2 * i + 1] = unit == 0 ? im[i] : 0;
    }
    set(inputs, parts.get(unit), start);
    set(inputs, "f", slope);
    Program program = backend.compile(step, count);
    program.bind(inputs, outputs, backend.parameters(new ParameterLayout(List.of())), null).run();
    double[][] image = new double[parts.size()][2 * count];
    for (int j = 0; j < parts.size(); j++) {
      Buffer part = outputs.get(parts.get(j));
      if (part == null) {
        throw new AssertionError("a step without " + parts.get(j));
      }
      part.get(image[j]);
    }
    return image;
  }

  private static void set(Map<String, Buffer> buffers, String name, double[] numbers) {
    Buffer buffer = buffers.get(name);
    if (buffer != null) {
      buffer.set(numbers);
    }
  }

  /** The larger root of μ² − (a + d) μ + (a d − b c). */
  private static double radius(Complex a, Complex b, Complex c, Complex d) {
    Complex half = a.plus(d).times(new Complex(0.5, 0));
    Complex determinant = a.times(d).plus(b.times(c).times(new Complex(-1, 0)));
    Complex root = half.times(half).plus(determinant.times(new Complex(-1, 0))).root();
    return Math.max(half.plus(root).size(), half.plus(root.times(new Complex(-1, 0))).size());
  }

  private record Complex(double re, double im) {
    static Complex of(double[] pairs, int i) {
      return new Complex(pairs[2 * i], pairs[2 * i + 1]);
    }

    Complex plus(Complex z) {
      return new Complex(re + z.re, im + z.im);
    }

    Complex times(Complex z) {
      return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
    }

    double size() {
      return Math.hypot(re, im);
    }

    Complex root() {
      double size = size();
      double a = Math.sqrt(Math.max(0, (size + re) / 2));
      double b = Math.sqrt(Math.max(0, (size - re) / 2));
      return new Complex(a, im < 0 ? -b : b);
    }
  }
}
