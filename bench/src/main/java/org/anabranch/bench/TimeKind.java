package org.anabranch.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a sampled stack was busy with.
 *
 * @param kind of work; of a class of kernels that the table does not know, its name
 * @param method that decides: class, without its package, and method
 */
record TimeKind(String kind, String method) {
  static final String PRODUCTS = "products";
  static final String WEIGHT_GRADIENTS = "weight gradients";
  static final String PACKING = "packing of weights";
  static final String TRANSCENDENTAL = "transcendental";
  static final String ELEMENT_WISE = "element-wise";
  static final String WIDE = "float64 and the grid";
  static final String COPIES = "copies and broadcasts";
  static final String SUMS = "sums over rows";
  static final String REST = "dispatch and the rest";

  /** In the table: what calls it decides. */
  private static final String CALLER = "";

  private static final String KERNELS = "org.anabranch.backend.simd.";

  /** All methods of a kind; {@code Class.method}, with the package outside the kernels. */
  private record Row(String kind, Pattern methods) {
    Row(String kind, String methods) {
      this(kind, Pattern.compile(methods));
    }
  }

  /** The first row that matches a method counts. */
  private static final List<Row> TABLE =
      List.of(
          new Row(COPIES, "java\\.lang\\.System\\.arraycopy|java\\.util\\.Arrays\\.fill"),
          new Row(COPIES, "(Double)?SampleLoops\\.(copyColumns|broadcast)"),
          new Row(WEIGHT_GRADIENTS, "(Double)?SampleLoops\\.drain"),
          new Row(SUMS, "(Double)?SampleLoops\\.(sum|maximum)"),
          new Row(SUMS, "(Double)?(Vector|Scalar)Products\\.rowSum.*"),
          new Row(PACKING, "(Double)?(Vector|Scalar)Products\\.pack"),
          new Row(WEIGHT_GRADIENTS, "(Double)?RowProductTiles\\..*"),
          new Row(
              WEIGHT_GRADIENTS,
              "(Double)?(Vector|Scalar)Products\\.(rowProduct|columns|singleLines)"),
          new Row(CALLER, "(Double)?ScalarProducts\\.panel"),
          new Row(PRODUCTS, "(Double)?(ProductTiles|VectorProducts|ScalarProducts)\\..*"),
          new Row(TRANSCENDENTAL, "(Vector)?(Double)?Activation\\..*"),
          new Row(TRANSCENDENTAL, "(Vector|Wide)?(Circular|ErrorFunction|Power)\\..*"),
          new Row(ELEMENT_WISE, "(Vector|Scalar)Elementwise\\..*"),
          new Row(ELEMENT_WISE, "(Double)?(Vector|Scalar)Chains\\..*"),
          new Row(PRODUCTS, "(Double)?MatrixLoops\\..*"),
          new Row(WIDE, "(Vector|Scalar)Wide\\..*"),
          new Row(REST, "(Vector|Scalar)?Kernels\\..*|KernelCalls\\..*|Emitter\\..*"),
          new Row(REST, "RowProductSum\\..*|Lanes\\..*|Place\\..*|BinaryInstruction\\..*"),
          new Row(REST, "Simd(Program|Buffer|Parameters|Accumulators|Backend)\\..*"));

  /**
   * The kind of the innermost method that has one: the loops of the Vector API, which are inlined
   * into a kernel, count for it.
   *
   * @param frames methods with class and package, from the innermost outwards; at least one
   */
  static TimeKind of(List<String> frames) {
    for (String frame : frames) {
      String kind = ofMethod(frame);
      if (!kind.equals(CALLER)) {
        return new TimeKind(kind, shortened(frame));
      }
    }
    return new TimeKind(REST, shortened(frames.get(0)));
  }

  private static String ofMethod(String frame) {
    boolean kernel = frame.startsWith(KERNELS);
    // The name of a lambda's or a nested class has a $ behind that of its class.
    String name = kernel ? frame.substring(KERNELS.length()).replaceFirst("\\$[^.]*", "") : frame;
    for (Row row : TABLE) {
      if (row.methods().matcher(name).matches()) {
        return row.kind();
      }
    }
    return kernel
        ? name.substring(0, name.indexOf('.'))
        : frame.startsWith("org.anabranch.") ? REST : CALLER;
  }

  private static String shortened(String frame) {
    int method = frame.lastIndexOf('.');
    return frame.substring(frame.lastIndexOf('.', method - 1) + 1);
  }
}
