package io.cleave.agents.frame;

import io.cleave.agents.link.Links;
import io.cleave.agents.loop.Loop;

/** What a frame's shared leg is worked on with. */
record ScatterTools(Loop loop, DeviceRuns device, Links links, FrameCounts counts) {}
