package org.anabranch.spark.data;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Pictures to samples. A file that claims a huge picture costs no memory: while it is decoded,
 * pixels are left out so that at most 4 · size remain of a side, and what is longer than {@value
 * #MOST_PIXELS} pixels or {@value #MOST_BYTES} bytes is not decoded at all.
 */
final class ImageReading {
  private static final long MOST_PIXELS = 100_000_000;
  private static final int MOST_BYTES = 1 << 26;

  private final ImageSource source;
  private final Configuration configuration;

  ImageReading(ImageSource source, Configuration configuration) {
    this.source = source;
    this.configuration = configuration;
  }

  /**
   * The sample, or the reason why the file is none.
   *
   * @throws DataProblem if the file system fails
   */
  Parsed read(ImageFile file) {
    if (file.bytes() > MOST_BYTES) {
      String reason =
          "the file has %d bytes, expected at most %d".formatted(file.bytes(), MOST_BYTES);
      return new BadRecord(file.shown(), 0, Fault.TOO_LARGE, reason);
    }
    byte[] content = content(file);
    // What readers throw for damaged files is not declared and differs: bad indices, sizes, nulls.
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return unreadable(file, "its first bytes are those of no format that is known");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return decoded(file, reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return unreadable(file, SourceFiles.firstLine(e));
    }
  }

  private Parsed decoded(ImageFile file, ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      String reason =
          "%d × %d pixels, expected at most %d in all".formatted(width, height, MOST_PIXELS);
      return new BadRecord(file.shown(), 0, Fault.TOO_LARGE, reason);
    }
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(new Rectangle(width, height));
    int across = Math.max(1, width / (2 * source.size()));
    int down = Math.max(1, height / (2 * source.size()));
    param.setSourceSubsampling(across, down, 0, 0);
    BufferedImage picture = reader.read(0, param);
    float[] features = new Resizing(picture, source.size(), source.channels()).values();
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) (features[i] / source.scale());
    }
    return new Sample(new SampleIds(file.relative()).id(1), file.label(), features)
        .at(file.shown(), 0);
  }

  private byte[] content(ImageFile file) {
    Path path = new Path(file.path());
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check the rights to read it."
              .formatted(file.shown(), SourceFiles.firstLine(e)),
          e);
    }
  }

  private static BadRecord unreadable(ImageFile file, String why) {
    String reason = "no PNG or JPEG picture, or a damaged one (%s)".formatted(why);
    return new BadRecord(file.shown(), 0, Fault.PICTURE, reason);
  }
}
