package org.anabranch.spark.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The plane in which points of many dimensions differ most: their first two principal components.
 *
 * @param points [point][2]
 * @param explained the shares of the points' variance along both
 */
record Plane(List<List<Double>> points, List<Double> explained) {
  Plane {
    points = points.stream().map(List::copyOf).toList();
    explained = List.copyOf(explained);
  }

  /**
   * The plane of some points.
   *
   * @param points [point][component], at least one, all finite
   */
  static Plane of(List<List<Double>> points) {
    int dimension = points.get(0).size();
    RealMatrix centred = new Array2DRowRealMatrix(points.size(), Math.max(2, dimension));
    for (int k = 0; k < dimension; k++) {
      int component = k;
      double[] column = points.stream().mapToDouble(point -> point.get(component)).toArray();
      double mean = StatUtils.mean(column);
      for (int i = 0; i < column.length; i++) {
        centred.setEntry(i, k, column[i] - mean);
      }
    }
    // The decomposition wants no fewer rows than columns; the transposed one has the same values.
    boolean wide = centred.getRowDimension() < centred.getColumnDimension();
    SingularValueDecomposition parts =
        new SingularValueDecomposition(wide ? centred.transpose() : centred);
    RealMatrix axes = wide ? parts.getU() : parts.getV();
    double[] values = parts.getSingularValues();
    double total = 0;
    for (double value : values) {
      total += value * value;
    }
    return new Plane(
        project(centred, axes), List.of(share(values, 0, total), share(values, 1, total)));
  }

  private static List<List<Double>> project(RealMatrix centred, RealMatrix axes) {
    int shown = Math.min(2, axes.getColumnDimension());
    RealMatrix onto =
        centred.multiply(axes.getSubMatrix(0, axes.getRowDimension() - 1, 0, shown - 1));
    List<List<Double>> points = new ArrayList<>();
    for (int i = 0; i < onto.getRowDimension(); i++) {
      points.add(List.of(onto.getEntry(i, 0), shown > 1 ? onto.getEntry(i, 1) : 0.0));
    }
    return points;
  }

  private static double share(double[] values, int k, double total) {
    return k >= values.length || total == 0 ? 0 : values[k] * values[k] / total;
  }
}
