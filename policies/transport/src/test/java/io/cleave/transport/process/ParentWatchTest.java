package io.cleave.transport.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {
  @Test
  void endsWithTheStreamAndNotBefore() throws IOException, InterruptedException {
    PipedOutputStream parent = new PipedOutputStream();
    CountDownLatch gone = new CountDownLatch(1);
    Thread watch = ParentWatch.watch(new PipedInputStream(parent), gone::countDown);
    parent.write("what a parent says is not listened to\n".getBytes(US_ASCII));
    parent.flush();
    assertThat(watch.isAlive()).isTrue();
    assertThat(gone.getCount()).isEqualTo(1);
    parent.close();
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
