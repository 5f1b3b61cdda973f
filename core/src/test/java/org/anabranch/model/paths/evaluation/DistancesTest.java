package org.anabranch.model.paths.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;

class DistancesTest {
  private static final OrnsteinUhlenbeck LAW = OrnsteinUhlenbeck.USUAL;
  private static final int[] TIMES = {0, 16, 32};
  private static final ChannelScales SCALES = ChannelScales.none(1);

  @Test
  void areZeroForASetAndItself() {
    PathSet paths = LAW.paths(50, 1);
    Distances distances = between(paths, paths);
    assertThat(distances.ksLargest()).isZero();
    assertThat(distances.mmd()).isZero();
  }

  @Test
  void growWithAShiftOfTheLaw() {
    PathSet paths = LAW.paths(400, 1);
    double before = between(paths, LAW.paths(400, 2)).mmd();
    double beforeKs = between(paths, LAW.paths(400, 2)).ksMean();
    for (double mean : new double[] {0.3, 0.6, 1.2}) {
      Distances shifted = between(paths, new OrnsteinUhlenbeck(1, mean, 1, 33).paths(400, 2));
      assertThat(shifted.mmd()).isGreaterThan(1.3 * before);
      assertThat(shifted.ksMean()).isGreaterThan(1.3 * beforeKs);
      before = shifted.mmd();
      beforeKs = shifted.ksMean();
    }
  }

  @Test
  void deepSignaturesSeeWhatMarginalsDoNot() {
    // The same stationary law at each time, forgotten four times as fast: ∫x dt varies less, which
    // is a number of the fourth level.
    PathSet slow = LAW.paths(1000, 1);
    PathSet quick = new OrnsteinUhlenbeck(4, 0, 2, 33).paths(1000, 4);
    Distances other = Distances.of(slow, quick, TIMES, 5, SCALES);
    Distances same = Distances.of(slow, LAW.paths(1000, 3), TIMES, 5, SCALES);
    assertThat(other.ksLargest()).isLessThan(0.09);
    assertThat(other.mmd()).isGreaterThan(2 * same.mmd());
    assertThat(other.mmdUnbiasedSquare()).isGreaterThan(5 * Math.abs(same.mmdUnbiasedSquare()));
  }

  @Test
  void theUnbiasedSquareIsTheMeanOverDifferentPairs() {
    PathSet first = LAW.paths(12, 1);
    PathSet second = new OrnsteinUhlenbeck(1, 0.5, 1, 33).paths(9, 2);
    double[][] x = features(first);
    double[][] y = features(second);
    double expected =
        meanOfPairs(x, x, true) + meanOfPairs(y, y, true) - 2 * meanOfPairs(x, y, false);
    Distances distances = between(first, second);
    assertThat(distances.mmdUnbiasedSquare()).isCloseTo(expected, within(1e-9));
    double biased =
        meanOfPairs(x, x, false) + meanOfPairs(y, y, false) - 2 * meanOfPairs(x, y, false);
    assertThat(distances.mmd()).isCloseTo(Math.sqrt(biased), within(1e-9));
  }

  @Test
  void theUnbiasedSquareOfEqualLawsIsZeroOnAverageAndTheBiasedDistanceIsNot() {
    double sum = 0;
    double squares = 0;
    double biased = 0;
    int repeats = 60;
    for (int i = 0; i < repeats; i++) {
      Distances distances = between(LAW.paths(40, 2L * i), LAW.paths(40, 2L * i + 1));
      sum += distances.mmdUnbiasedSquare();
      squares += distances.mmdUnbiasedSquare() * distances.mmdUnbiasedSquare();
      biased += distances.mmd() * distances.mmd();
    }
    double error = Math.sqrt(squares) / repeats;
    assertThat(Math.abs(sum / repeats)).isLessThan(3 * error);
    assertThat(biased / repeats).isGreaterThan(5 * error);
  }

  @Test
  void ofTooFewPathsAreUnknown() {
    assertThat(between(LAW.paths(1, 1), LAW.paths(5, 2)).mmd()).isNaN();
  }

  private static Distances between(PathSet a, PathSet b) {
    return Distances.of(a, b, TIMES, 3, SCALES);
  }

  private static double[][] features(PathSet paths) {
    double[][] features = new double[paths.size()][];
    for (int path = 0; path < paths.size(); path++) {
      double[] points = new double[2 * 34];
      for (int time = 0; time < 33; time++) {
        points[2 * time + 2] = time / 32.0;
        points[2 * time + 3] = paths.value(path, time, 0);
      }
      features[path] = new Signature(2, 3).of(points);
    }
    return features;
  }

  private static double meanOfPairs(double[][] a, double[][] b, boolean different) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        if (!different || i != j) {
          for (int k = 0; k < a[i].length; k++) {
            sum += a[i][k] * b[j][k];
          }
          count++;
        }
      }
    }
    return sum / count;
  }
}
