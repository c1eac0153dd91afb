import 'reflect-metadata';
import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Reactions } from '@iter/reactions';

const REACTIONS = Symbol('Reactions');

/** Starts reacting when the process is up, and ends what it is doing before the process ends. */
@Injectable()
class Reacting implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(REACTIONS) private readonly reactions: Reactions) {}

  async onApplicationBootstrap(): Promise<void> {
    this.reactions.start();
    await this.reactions.ready;
  }

  onApplicationShutdown(): Promise<void> {
    return this.reactions.stop();
  }
}

/** Follows the log and does what events call for; rings the deadlines. Several may run: what one does the others leave. */
@Module({})
export class WorkerModule {
  static with(reactions: Reactions): DynamicModule {
    return { module: WorkerModule, providers: [{ provide: REACTIONS, useValue: reactions }, Reacting] };
  }
}
