package org.anabranch.spark.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;

class HadoopFolderOnLocalDiskTest extends HadoopFolderContract {
  @TempDir private java.nio.file.Path folder;

  @Override
  Path root() {
    return new Path(folder.toUri());
  }

  @Override
  Configuration configuration() {
    return new Configuration();
  }
}
