package io.cleave.testbed.world;

/** Takes the frames of a run as they finish, in the order of their answers. */
public interface FrameSink {
  void accept(FrameRecord frame);
}
