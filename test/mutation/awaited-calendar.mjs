// Every world has a calendar and few ask it: it is made when it is asked, so that only the specs that ask are those that
// reach it.
import * as calendar from '@iter/legal-calendar';

export * from '@iter/legal-calendar';

export function italianCalendar(options) {
  if (options !== undefined) return calendar.italianCalendar(options);
  let made;
  const asked = () => (made ??= calendar.italianCalendar());
  return {
    get version() {
      return asked().version;
    },
    isHoliday: (...on) => asked().isHoliday(...on),
    isWorkingDay: (...on) => asked().isWorkingDay(...on),
    holidayName: (...on) => asked().holidayName(...on),
  };
}
