package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.junit.jupiter.api.Test;

class ReadPathsTest {
  private static final float GAP = Float.NaN;

  @Test
  void fillsGapsOnTheStraightLineInTimeAndEndsWithTheNearestValue() {
    PathShape shape = new PathShape(List.of(0.0, 1.0, 4.0, 5.0, 6.0), List.of("x"), List.of());
    PathSet paths = new PathSet(shape, new float[] {GAP, 2, GAP, 10, GAP}, new float[0]);
    ReadPaths read = ReadPaths.of(paths, ChannelScales.none(1));
    assertThat(line(read, 0)).containsExactly(2, 2, 8, 10, 10);
    assertThat(read.isKnown(0, 1, 0)).isTrue();
    assertThat(read.isKnown(0, 2, 0)).isFalse();
    assertThat(read.share(2)).isCloseTo(4 / 6.0, within(1e-15));
  }

  @Test
  void aPathWithoutValuesLiesAtTheMean() {
    PathSet paths = OrnsteinUhlenbeck.given(new float[] {GAP, GAP}, new float[] {1, 3});
    assertThat(line(ReadPaths.of(paths, ReadPaths.scales(paths)), 0)).containsExactly(0, 0);
  }

  @Test
  void doesNotLookAtTimesThatAreNotPicked() {
    PathSet paths = OrnsteinUhlenbeck.given(new float[] {1, GAP, 100});
    ReadPaths read = ReadPaths.of(paths, ChannelScales.none(1), new int[] {0, 1});
    assertThat(line(read, 0)).containsExactly(1, 1);
  }

  @Test
  void scalesByMeanAndDeviationOfWhatIsKnown() {
    PathSet paths = OrnsteinUhlenbeck.given(new float[] {1, GAP}, new float[] {5, 3});
    ChannelScales scales = ReadPaths.scales(paths);
    assertThat(scales.means().get(0)).isCloseTo(3, within(1e-12));
    assertThat(scales.deviations().get(0)).isCloseTo(Math.sqrt(8 / 3.0), within(1e-12));
    PathSet constant = OrnsteinUhlenbeck.given(new float[] {7, 7});
    assertThat(ReadPaths.scales(constant).deviations()).containsExactly(1.0);
  }

  @Test
  void evenTimesHaveBothEnds() {
    assertThat(ReadPaths.evenly(101, 5)).containsExactly(0, 25, 50, 75, 100);
    assertThat(ReadPaths.evenly(3, 5)).containsExactly(0, 1, 2);
  }

  private static double[] line(ReadPaths read, int path) {
    double[] line = new double[read.length()];
    for (int time = 0; time < line.length; time++) {
      line[time] = read.value(path, time, 0);
    }
    return line;
  }
}
