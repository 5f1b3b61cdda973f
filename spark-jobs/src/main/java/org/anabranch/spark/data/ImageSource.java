package org.anabranch.spark.data;

import org.apache.hadoop.conf.Configuration;

/**
 * Pictures in folders, a class a folder: the folders below {@code path} in the order of their names
 * are classes 0, 1, …. PNG and JPEG, told by their suffixes; other files are passed over. A
 * sample's features are the values 0 to 255 of its picture made {@code size × size}, row by row,
 * one channel after the other.
 *
 * @param path a folder, on any Hadoop file system
 * @param size pixels of a side after resizing, each the mean of those that it covers
 * @param channels 1 for grey (299 red + 587 green + 114 blue, in thousands), 3 for red, green, blue
 * @param scale every feature is divided by it
 */
public record ImageSource(String path, int size, int channels, double scale, PackingRules rules)
    implements Source {
  /** The largest side: a sample then has 12 MB. */
  public static final int MOST_SIZE = 1024;

  public ImageSource {
    check(!path.isBlank(), "path is empty", "Name a folder");
    check(size >= 1 && size <= MOST_SIZE, "size is %d".formatted(size), "Use 1 to 1024");
    check(
        channels == 1 || channels == 3,
        "channels is %d".formatted(channels),
        "Use 1 for grey, or 3");
    check(
        Double.isFinite(scale) && scale > 0,
        "scale is %s".formatted(scale),
        "Use a positive number; 255 for pixels");
  }

  int width() {
    return size * size * channels;
  }

  @Override
  public String remedy(BadRecord first) {
    return "Replace or delete the files, or raise data.max-bad-fraction.";
  }

  @Override
  public Records find(Configuration configuration) {
    return ImageRecords.find(this, configuration);
  }

  private static void check(boolean holds, String fact, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException("ImageSource: %s. %s.".formatted(fact, remedy));
    }
  }
}
