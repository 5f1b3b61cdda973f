package org.anabranch.graph;

import java.util.function.Supplier;

/**
 * What a value is: how many copies, which shape, in which arithmetic.
 *
 * @param extent one for each sample or one for all
 * @param shape the extents of one copy
 * @param precision the arithmetic it is kept in
 */
public record Type(Extent extent, Shape shape, Precision precision) {
  /** A vector of {@code size} for each sample, in working precision. */
  public static Type perSample(int size) {
    return new Type(Extent.PER_SAMPLE, Shape.vector(size), Precision.WORKING);
  }

  /** A value of any shape for each sample, in working precision. */
  public static Type perSample(Shape shape) {
    return new Type(Extent.PER_SAMPLE, shape, Precision.WORKING);
  }

  /** A number for each sample, in working precision. */
  public static Type perSampleScalar() {
    return new Type(Extent.PER_SAMPLE, Shape.scalar(), Precision.WORKING);
  }

  /** One value for all samples, in working precision. */
  public static Type shared(Shape shape) {
    return new Type(Extent.SHARED, shape, Precision.WORKING);
  }

  /** A float64 number for all samples: a time or a step size. */
  public static Type time() {
    return new Type(Extent.SHARED, Shape.scalar(), Precision.WIDE);
  }

  public boolean isPerSample() {
    return extent == Extent.PER_SAMPLE;
  }

  public boolean isWide() {
    return precision == Precision.WIDE;
  }

  /** The same value in float64. */
  public Type wide() {
    return new Type(extent, shape, Precision.WIDE);
  }

  /** The same value in working precision. */
  public Type working() {
    return new Type(extent, shape, Precision.WORKING);
  }

  /** The same value with another shape. */
  public Type withShape(Shape other) {
    return new Type(extent, other, precision);
  }

  /** Whether a value of this type can stand for one of another: one for all samples for each. */
  boolean fits(Type other) {
    return shape.equals(other.shape)
        && precision == other.precision
        && (extent == other.extent || extent == Extent.SHARED);
  }

  /** The type of a function of two values, or a sentence on why there is none. */
  Type broadcast(Type other, Supplier<String> expression) {
    if (precision != other.precision) {
      throw new IllegalArgumentException(
          "%s: operands are %s and %s. Bring both to one precision with widened() or narrowed()."
              .formatted(expression.get(), this, other));
    }
    if (!shape.equals(other.shape) && !shape.isScalar() && !other.shape.isScalar()) {
      throw new IllegalArgumentException(
          "%s: operands have shapes %s and %s. They must be equal, or one of them a scalar."
              .formatted(expression.get(), shape, other.shape));
    }
    return new Type(extent.join(other.extent), shape.isScalar() ? other.shape : shape, precision);
  }

  @Override
  public String toString() {
    return (isPerSample() ? "sample" : "shared") + shape + (isWide() ? "f64" : "");
  }
}
