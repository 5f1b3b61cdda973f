package org.anabranch.spark.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/**
 * A picture made square: each new pixel is the mean of the area that it covers, in integers and one
 * division, so the same on every machine. What is transparent becomes black. Grey values are taken
 * as they are written, where Java would convert them by a colour profile.
 */
final class Resizing {
  private static final int CHANNELS = 3;

  private final int size;
  private final int channels;
  private final int width;
  private final int height;
  private final int[] values;

  Resizing(BufferedImage picture, int size, int channels) {
    this.size = size;
    this.channels = channels;
    this.width = picture.getWidth();
    this.height = picture.getHeight();
    this.values = values(picture, channels);
  }

  /** Values 0 to 255, row by row, one channel after the other. */
  float[] values() {
    float[] result = new float[channels * size * size];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          result[(channel * size + row) * size + column] = mean(channel, row, column);
        }
      }
    }
    return result;
  }

  // In units of 1/size of an old pixel, a new one covers width × height.
  private float mean(int channel, int row, int column) {
    long sum = 0;
    long top = (long) row * height;
    long left = (long) column * width;
    for (long y = top / size; y * size < top + height; y++) {
      long rows = Math.min(top + height, (y + 1) * size) - Math.max(top, y * size);
      for (long x = left / size; x * size < left + width; x++) {
        long columns = Math.min(left + width, (x + 1) * size) - Math.max(left, x * size);
        sum += rows * columns * values[(int) ((y * width + x) * channels) + channel];
      }
    }
    return (float) ((double) sum / ((double) width * height));
  }

  private static int[] values(BufferedImage picture, int channels) {
    ColorModel model = picture.getColorModel();
    boolean grey = model.getNumColorComponents() == 1;
    int[] values = new int[picture.getWidth() * picture.getHeight() * channels];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = grey ? greyAt(picture.getRaster(), model, x, y) : opaque(picture.getRGB(x, y));
        put(rgb, values, (y * picture.getWidth() + x) * channels, channels);
      }
    }
    return values;
  }

  private static int greyAt(Raster raster, ColorModel model, int x, int y) {
    int bits = model.getComponentSize(0);
    int value = (int) (raster.getSample(x, y, 0) * 255L / ((1L << bits) - 1));
    int alpha = 255;
    if (model.hasAlpha()) {
      alpha = (int) (raster.getSample(x, y, 1) * 255L / ((1L << model.getComponentSize(1)) - 1));
    }
    return value * alpha / 255 * 0x010101;
  }

  private static int opaque(int argb) {
    int alpha = argb >>> 24;
    int red = (argb >> 16 & 0xff) * alpha / 255;
    int green = (argb >> 8 & 0xff) * alpha / 255;
    int blue = (argb & 0xff) * alpha / 255;
    return red << 16 | green << 8 | blue;
  }

  private static void put(int rgb, int[] values, int at, int channels) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    if (channels == CHANNELS) {
      values[at] = red;
      values[at + 1] = green;
      values[at + 2] = blue;
    } else {
      values[at] = (299 * red + 587 * green + 114 * blue) / 1000;
    }
  }
}
