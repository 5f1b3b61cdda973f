package org.anabranch.model.paths.evaluation;

import java.util.Arrays;

/**
 * The truncated signature of a path that is straight between its values (Lyons, Caruana and Lévy
 * 2007; Levin, Lyons and Ni 2013, arXiv:1309.0260): all its iterated integrals
 *
 * <pre>  S(i₁ … iₖ) = ∫ … ∫ dX^{i₁}(t₁) … dX^{iₖ}(tₖ)   over t₁ &lt; … &lt; tₖ,   k = 1 … depth
 * </pre>
 *
 * <p>A straight piece with the increment x has the signature exp(x) = Σ x^{⊗k}/k!, and that of two
 * paths one after the other is the tensor product of both (Chen's identity), so pieces are
 * multiplied together. Costs about 2 size multiplications a piece.
 *
 * @param channels of the path, at least one
 * @param depth the highest level, at least one
 */
public record Signature(int channels, int depth) {
  public Signature {
    if (channels < 1 || depth < 1) {
      throw new IllegalArgumentException(
          "Signature: %d channels to depth %d. Both must be at least 1."
              .formatted(channels, depth));
    }
  }

  /** The number of features: channels + channels² + … + channels^depth. */
  public int size() {
    int size = 0;
    int level = 1;
    for (int k = 0; k < depth; k++) {
      level = Math.multiplyExact(level, channels);
      size = Math.addExact(size, level);
    }
    return size;
  }

  /**
   * The features of a path: level by level, and within a level in the order of the numbers i₁ … iₖ
   * to the base of the channels.
   *
   * @param points {@code times × channels}
   */
  public double[] of(double[] points) {
    double[] signature = new double[size()];
    double[] increment = new double[channels];
    double[] sum = new double[signature.length];
    double[] product = new double[signature.length];
    for (int at = channels; at < points.length; at += channels) {
      for (int i = 0; i < channels; i++) {
        increment[i] = points[at + i] - points[at - channels + i];
      }
      append(signature, increment, sum, product);
    }
    return signature;
  }

  /**
   * Multiplies by the exponential of an increment, by Horner's rule for each level n, the highest
   * first since it reads the lower ones:
   *
   * <pre>  Sₙ ← Sₙ + (… ((x/n + S₁) ⊗ x/(n−1) + S₂) … ) ⊗ x/1  </pre>
   */
  private void append(double[] signature, double[] increment, double[] first, double[] second) {
    for (int n = depth; n >= 1; n--) {
      double[] sum = first;
      double[] product = second;
      int size = channels;
      int offset = 0;
      for (int i = 0; i < channels; i++) {
        sum[i] = increment[i] / n;
      }
      for (int k = 1; k < n; k++) {
        for (int word = 0; word < size; word++) {
          double left = (sum[word] + signature[offset + word]) / (n - k);
          for (int i = 0; i < channels; i++) {
            product[word * channels + i] = left * increment[i];
          }
        }
        offset += size;
        size *= channels;
        double[] spare = sum;
        sum = product;
        product = spare;
      }
      for (int word = 0; word < size; word++) {
        signature[offset + word] += sum[word];
      }
    }
  }

  /** As deep as gives some hundred features: 62 of two channels, 120 of three, 340 of four. */
  static int usualDepth(int channels) {
    return channels <= 2 ? 5 : channels <= 4 ? 4 : channels <= 11 ? 3 : 2;
  }

  /** Mean features of paths and how far single paths lie from them. */
  SignatureMoments moments(ReadPaths paths) {
    double[] sum = new double[size()];
    double[] squares = new double[size()];
    double[] points = new double[(paths.length() + 1) * channels];
    for (int path = 0; path < paths.size(); path++) {
      setPoints(paths, path, points);
      double[] features = of(points);
      for (int i = 0; i < features.length; i++) {
        sum[i] += features[i];
        squares[i] += features[i] * features[i];
      }
    }
    return SignatureMoments.ofSums(sum, squares, paths.size());
  }

  /** Time from 0 to 1 and the values, after a point at 0, so that features know the level. */
  private void setPoints(ReadPaths paths, int path, double[] points) {
    Arrays.fill(points, 0, channels, 0);
    for (int time = 0; time < paths.length(); time++) {
      int at = (time + 1) * channels;
      points[at] = paths.share(time);
      for (int channel = 1; channel < channels; channel++) {
        points[at + channel] = paths.value(path, time, channel - 1);
      }
    }
  }
}
