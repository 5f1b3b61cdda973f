package org.anabranch.train.dl4j;

import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * What a network's first layer takes a sample for: a vector, or a square picture of some channels.
 *
 * @param declared the width of a sample; 0 if the network does not tell
 * @param channels of a picture; 0 for a vector
 * @param channelsLast whether a picture's channels come after its pixels
 */
record SampleShape(int declared, int channels, boolean channelsLast) {
  static SampleShape of(MultiLayerConfiguration configuration) {
    InputPreProcessor first = configuration.getInputPreProcess(0);
    if (first instanceof FeedForwardToCnnPreProcessor picture) {
      long pixels = picture.getInputHeight() * picture.getInputWidth();
      return new SampleShape((int) (pixels * picture.getNumChannels()), 0, false);
    }
    Layer layer = configuration.getConf(0).getLayer();
    if (layer instanceof ConvolutionLayer convolution) {
      boolean last = convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC;
      return new SampleShape(0, (int) convolution.getNIn(), last);
    }
    long width = layer instanceof FeedForwardLayer vectors ? vectors.getNIn() : 0;
    return new SampleShape((int) width, 0, false);
  }

  OptionalInt inputs() {
    return declared == 0 ? OptionalInt.empty() : OptionalInt.of(declared);
  }

  /**
   * The shape of an array of one sample, channel after channel.
   *
   * @throws IllegalArgumentException if no sample has this width
   */
  long[] ofOne(String place, int width) {
    if (declared != 0 && declared != width) {
      throw new IllegalArgumentException(
          "%s: the network takes %d numbers, but a sample of the data has %d. Give the network that was trained on such samples."
              .formatted(place, declared, width));
    }
    if (channels == 0) {
      return new long[] {1, width};
    }
    long side = Math.round(Math.sqrt((double) width / channels));
    if (side * side * channels != width) {
      throw new IllegalArgumentException(
          "%s: the network takes pictures of %d channels, and the %d numbers of a sample are no square ones. Save a network with InputType.convolutionalFlat(height, width, channels)."
              .formatted(place, channels, width));
    }
    return new long[] {1, channels, side, side};
  }
}
