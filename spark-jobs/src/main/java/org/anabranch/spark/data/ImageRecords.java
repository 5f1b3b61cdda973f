package org.anabranch.spark.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Folders of pictures that were found. */
final class ImageRecords implements Records {
  /** Fewer pictures are not worth a task of their own. */
  private static final int PICTURES_OF_A_TASK = 64;

  private final ImageSource source;
  private final List<ImageFile> files;
  private final Configuration configuration;

  private ImageRecords(ImageSource source, List<ImageFile> files, Configuration configuration) {
    this.source = source;
    this.files = files;
    this.configuration = configuration;
  }

  static ImageRecords find(ImageSource source, Configuration configuration) {
    SourceFiles found = SourceFiles.all(source.path(), "data.path", configuration);
    List<FileStatus> pictures =
        found.files().stream().filter(file -> isPicture(file.getPath().getName())).toList();
    if (pictures.isEmpty()) {
      throw new DataProblem(
          "%s: %d files, but none ends in .png, .jpg or .jpeg. Name the folder that holds a folder of pictures for each class."
              .formatted(source.path(), found.files().size()));
    }
    List<String> classes = classes(source, found.root(), pictures);
    List<ImageFile> files = new ArrayList<>();
    for (FileStatus file : pictures) {
      String path = file.getPath().toString();
      String relative = found.root().relative(path);
      int label = classes.indexOf(folder(relative));
      files.add(new ImageFile(path, relative, found.root().shown(path), label, file.getLen()));
    }
    return new ImageRecords(source, files, configuration);
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public @Nullable DriverSamples readIfLittle(long smallBytes) {
    long bytes = files.stream().mapToLong(ImageFile::bytes).sum();
    if (bytes > smallBytes || files.size() > DriverPacking.MOST_FILES) {
      return null;
    }
    return DriverSamples.of(read(files.iterator(), source, configuration), source.rules());
  }

  @Override
  public JavaRDD<Parsed> parse(JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(configuration));
    ImageSource described = source;
    int tasks = (files.size() + PICTURES_OF_A_TASK - 1) / PICTURES_OF_A_TASK;
    return spark
        .parallelize(files, tasks)
        .mapPartitions(ofTask -> read(ofTask, described, hadoop.value().value()));
  }

  private static Iterator<Parsed> read(
      Iterator<ImageFile> files, ImageSource source, Configuration configuration) {
    ImageReading reading = new ImageReading(source, configuration);
    return new TalliedRecords(
        () -> files.hasNext() ? reading.read(files.next()) : null, source.rules().classes());
  }

  private static List<String> classes(ImageSource source, Root root, List<FileStatus> pictures) {
    TreeSet<String> folders = new TreeSet<>();
    for (FileStatus file : pictures) {
      String relative = root.relative(file.getPath().toString());
      if (relative.indexOf('/') < 0) {
        throw new DataProblem(
            "%s: the picture lies in no folder of a class. Name the folder that holds a folder of pictures for each class."
                .formatted(root.shown(file.getPath().toString())));
      }
      folders.add(folder(relative));
    }
    if (folders.size() != source.rules().classes()) {
      throw new DataProblem(
          "%s: %d folders of pictures (%s), but data.classes is %d. Write the number of folders, or name another."
              .formatted(
                  source.path(),
                  folders.size(),
                  String.join(", ", folders.stream().limit(10).toList()),
                  source.rules().classes()));
    }
    return List.copyOf(folders);
  }

  private static String folder(String relative) {
    return relative.substring(0, relative.indexOf('/'));
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".png") || lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }
}
