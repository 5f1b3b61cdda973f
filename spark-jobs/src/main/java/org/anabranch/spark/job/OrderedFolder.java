package org.anabranch.spark.job;

import java.io.IOException;
import java.util.List;
import org.anabranch.train.RunFolder;

/** A folder in which something else is written before every file. */
record OrderedFolder(RunFolder folder, Action before) implements RunFolder {
  /** What is done before. */
  interface Action {
    void run() throws IOException;
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    before.run();
    folder.write(name, content);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return folder.read(name);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return folder.exists(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return folder.list(prefix);
  }

  @Override
  public void delete(String name) throws IOException {
    folder.delete(name);
  }

  @Override
  public void append(String name, String line) throws IOException {
    folder.append(name, line);
  }

  @Override
  public String location() {
    return folder.location();
  }
}
