package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HadoopFolderOnHdfsTest extends HadoopFolderContract {
  private static final Configuration CONFIGURATION = new Configuration();
  private static MiniDFSCluster cluster;

  private final String name = UUID.randomUUID().toString();

  @BeforeAll
  static void start(@TempDir Path disk) throws IOException {
    CONFIGURATION.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    cluster = new MiniDFSCluster.Builder(CONFIGURATION).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Override
  org.apache.hadoop.fs.Path root() {
    return new org.apache.hadoop.fs.Path(cluster.getURI() + "/runs/" + name);
  }

  @Override
  Configuration configuration() {
    return CONFIGURATION;
  }
}
