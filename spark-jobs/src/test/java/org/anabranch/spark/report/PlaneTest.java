package org.anabranch.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaneTest {
  @Test
  void distancesInAPlaneOfManyDimensionsAreKept() {
    List<List<Double>> points =
        List.of(
            List.of(1.0, 1.0, 1.0, 1.0, 5.0),
            List.of(4.0, 4.0, 4.0, 4.0, 5.0), // 6 away along (1, 1, 1, 1)
            List.of(1.5, 1.5, 0.5, 0.5, 5.0)); // 1 away along (1, 1, −1, −1)
    Plane plane = Plane.of(points);
    assertThat(distance(plane, 0, 1)).isCloseTo(6, within(1e-12));
    assertThat(distance(plane, 0, 2)).isCloseTo(1, within(1e-12));
    assertThat(distance(plane, 1, 2)).isCloseTo(Math.sqrt(37), within(1e-12));
    assertThat(plane.explained().get(0) + plane.explained().get(1)).isCloseTo(1, within(1e-12));
    assertThat(plane.explained().get(0)).isGreaterThan(0.9);
  }

  @Test
  void pointsOnALineAndASinglePointHaveAPlaneToo() {
    Plane line = Plane.of(List.of(List.of(1.0), List.of(3.0), List.of(2.0)));
    assertThat(distance(line, 0, 1)).isCloseTo(2, within(1e-12));
    assertThat(line.explained().get(0)).isCloseTo(1, within(1e-12));
    Plane point = Plane.of(List.of(List.of(7.0, 7.0, 7.0)));
    assertThat(point.points()).containsExactly(List.of(0.0, 0.0));
    assertThat(point.explained()).containsExactly(0.0, 0.0);
  }

  private static double distance(Plane plane, int one, int other) {
    List<Double> a = plane.points().get(one);
    List<Double> b = plane.points().get(other);
    return Math.hypot(a.get(0) - b.get(0), a.get(1) - b.get(1));
  }
}
