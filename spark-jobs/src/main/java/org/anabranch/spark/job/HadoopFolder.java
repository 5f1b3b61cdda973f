package org.anabranch.spark.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.RunFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A run's folder on any file system that Hadoop knows. A file is written under a temporary name in
 * the same folder and renamed over its place, which is one step on HDFS. Where a store cannot
 * append (S3), a line is added by writing its file anew.
 */
final class HadoopFolder implements RunFolder {
  private final Path folder;
  private final FileContext files;
  private final String mark = TEMPORARY + UUID.randomUUID();

  private HadoopFolder(Path folder, FileContext files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Opens a folder, makes it if there is none, and deletes what a stopped process was writing. A
   * folder of this machine is core's: Hadoop's own rename deletes the target first there.
   *
   * @throws IOException if it cannot be made or read
   */
  static RunFolder open(Path folder, Configuration configuration) throws IOException {
    Path named = folder.getFileSystem(configuration).makeQualified(folder);
    if ("file".equals(named.toUri().getScheme())) {
      return LocalFolder.open(java.nio.file.Path.of(named.toUri().getPath()));
    }
    FileContext files = FileContext.getFileContext(named.toUri(), configuration);
    Path qualified = files.makeQualified(named);
    files.mkdir(qualified, null, true);
    HadoopFolder opened = new HadoopFolder(qualified, files);
    for (FileStatus file : opened.contents()) {
      if (file.isFile() && file.getPath().getName().contains(TEMPORARY)) {
        files.delete(file.getPath(), false);
      }
    }
    return opened;
  }

  /** A folder that is there. Nothing in it is touched: another process may be writing. */
  static RunFolder existing(Path folder, Configuration configuration) throws IOException {
    FileContext files = FileContext.getFileContext(folder.toUri(), configuration);
    return new HadoopFolder(files.makeQualified(folder), files);
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    Path target = path(name);
    Path temporary = new Path(folder, name + mark);
    try {
      put(temporary, content, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE));
      files.rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw e;
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path path = path(name);
    try {
      return WholeRead.of(path.toString(), () -> version(path), () -> content(path));
    } catch (FileNotFoundException e) {
      throw new IOException(
          "%s: there is no file '%s'. Check that this is the folder of the run."
              .formatted(folder, name),
          e);
    }
  }

  private byte[] content(Path path) throws IOException {
    try (FSDataInputStream stream = files.open(path)) {
      return stream.readAllBytes();
    }
  }

  /** A new file is closed at another time than the one that it replaces. */
  private List<Long> version(Path path) throws IOException {
    FileStatus status = files.getFileStatus(path);
    return List.of(status.getModificationTime(), status.getLen());
  }

  @Override
  public boolean exists(String name) throws IOException {
    return files.util().exists(path(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return contents().stream()
        .filter(FileStatus::isFile)
        .map(file -> file.getPath().getName())
        .filter(name -> name.startsWith(prefix) && !name.startsWith("."))
        .filter(name -> !name.contains(TEMPORARY))
        .sorted()
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      files.delete(path(name), false);
    } catch (FileNotFoundException e) {
      return; // it is gone, which is what was asked for
    }
  }

  @Override
  public void append(String name, String line) throws IOException {
    append(name, List.of(line));
  }

  @Override
  public void append(String name, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    Path path = path(name);
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(RunFolder.checkedLine(line)).append('\n'));
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      put(path, content, EnumSet.of(CreateFlag.CREATE, CreateFlag.APPEND));
    } catch (UnsupportedOperationException e) {
      byte[] before = exists(name) ? read(name) : new byte[0];
      byte[] after = Arrays.copyOf(before, before.length + content.length);
      System.arraycopy(content, 0, after, before.length, content.length);
      write(name, after);
    }
  }

  @Override
  public String location() {
    return folder.toString();
  }

  @Override
  public String toString() {
    return location();
  }

  /** Forced to the disks of HDFS, where closing a file does not. */
  private void put(Path path, byte[] content, EnumSet<CreateFlag> flags) throws IOException {
    try (FSDataOutputStream stream = files.create(path, flags)) {
      stream.write(content);
      if (stream.hasCapability(StreamCapabilities.HSYNC)) {
        stream.hsync();
      }
    }
  }

  private List<FileStatus> contents() throws IOException {
    List<FileStatus> found = new ArrayList<>();
    RemoteIterator<FileStatus> entries = files.listStatus(folder);
    while (entries.hasNext()) {
      found.add(entries.next());
    }
    return found;
  }

  private Path path(String name) {
    return new Path(folder, RunFolder.checked(name));
  }

  private void deleteQuietly(Path temporary, IOException failure) {
    try {
      files.delete(temporary, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
