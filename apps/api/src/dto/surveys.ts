import { highest, lowest } from '@iter/channels/surveys';
import { Flag, Many, Text, Texts, Whole } from './fields.ts';

const code = (): PropertyDecorator =>
  Text('7K2QD-9XWMA', { max: 20, description: 'As it was handed out; small letters and no hyphen will do.' });

export class SurveyStateDto {
  @Whole(12, { description: 'Participants: as many codes there may be.' })
  participants!: number;

  @Whole(12)
  codes!: number;

  @Flag(true, { description: 'Answers are collected now.' })
  isOpen!: boolean;
}

export class MakeCodesDto {
  @Whole(12, { min: 1, max: 500 })
  count!: number;
}

export class SurveyCodesDto {
  @Texts(['7K2QD-9XWMA'], { description: 'Told once: only hashes are kept.' })
  codes!: string[];
}

export class SurveyCodeDto {
  @code()
  code!: string;
}

export class SurveyQuestionDto {
  @Text('clear')
  key!: string;

  @Text('Gli argomenti erano esposti con chiarezza')
  label!: string;

  @Text('The subjects were explained clearly')
  labelEn!: string;
}

export class SurveyDto {
  @Text('Contratti pubblici')
  title!: string;

  @Many(() => SurveyQuestionDto)
  questions!: SurveyQuestionDto[];

  @Whole(lowest)
  lowest!: number;

  @Whole(highest)
  highest!: number;
}

export class SurveyMarkDto {
  @Text('clear', { max: 60 })
  question!: string;

  @Whole(4, { min: lowest, max: highest })
  mark!: number;
}

export class SurveyAnswerDto {
  @code()
  code!: string;

  @Many(() => SurveyMarkDto, { max: 50 })
  marks!: SurveyMarkDto[];
}

export class SurveyCountedDto {
  @Flag(true)
  counted!: boolean;
}
